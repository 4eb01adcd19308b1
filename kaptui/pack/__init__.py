"""The board pack: the views of the screens and of the account page as one HTML file."""
