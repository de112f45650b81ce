"""The mutation suite: pages of the practice program, changed as new versions of programs change them."""
