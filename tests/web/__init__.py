"""The dashboard in a browser: who is let in, what the page may ask for, and that it ends with its page."""
