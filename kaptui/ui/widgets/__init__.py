"""What stands on a screen: panels with their views, the header, the footer and the filter bar."""
