"""Pictures of a page, in which no secret can be read."""

import base64

from playwright.sync_api import CDPSession, Error, Page

MASKED = "input[type=password], input[autocomplete$=password]"
# Whether there may be a field to mask: one is there, in a frame or not, or hidden from this question.
SECRETS = f"""
() => {{
  const any = win => {{
    try {{
      const all = [...win.document.querySelectorAll('*')];
      return all.some(e => e.shadowRoot || e.matches('{MASKED}')) || Array.from(win.frames).some(any);
    }} catch {{ return true; }}
  }};
  return any(window);
}}
"""


class Camera:
    """Takes pictures of one session's windows.

    Playwright's screenshot prepares every frame of the page, which takes longer than the picture itself; that is needed
    only where there is something to mask.
    """

    def __init__(self) -> None:
        self._browser_side: dict[Page, CDPSession] = {}

    def picture(self, page: Page, timeout: float) -> bytes:
        """The window as a JPEG at CSS scale; nothing where none can be taken: it is never worth failing an item for.

        `timeout` in ms.
        """
        try:
            if page.evaluate(SECRETS):
                secret = [frame.locator(MASKED) for frame in page.frames]
                return page.screenshot(type="jpeg", quality=60, scale="css", mask=secret, timeout=timeout)
            if page not in self._browser_side:
                self._browser_side[page] = page.context.new_cdp_session(page)
            took = self._browser_side[page].send(
                "Page.captureScreenshot", {"format": "jpeg", "quality": 60, "optimizeForSpeed": True}
            )
            return base64.b64decode(took["data"])
        except Error:
            return b""
