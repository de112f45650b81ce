"""Pictures of a page, in which no secret can be read."""

from playwright.sync_api import Error, Page

MASKED = "input[type=password], input[autocomplete$=password]"


def picture(page: Page, timeout: float) -> bytes:
    """The window as a JPEG; nothing where none can be taken: it is never worth failing an item for. `timeout` in ms."""
    try:
        secret = [frame.locator(MASKED) for frame in page.frames]
        return page.screenshot(type="jpeg", quality=60, scale="css", mask=secret, timeout=timeout)
    except Error:
        return b""
