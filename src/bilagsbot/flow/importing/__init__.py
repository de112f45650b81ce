"""Recordings of other programs: Playwright codegen, Chrome's Recorder and Selenium IDE, as this project's own."""
