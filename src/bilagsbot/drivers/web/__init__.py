"""The web driver, on Playwright's synchronous API."""
