"""The web recorder: a person works in the browser, and what they do becomes a recording."""
