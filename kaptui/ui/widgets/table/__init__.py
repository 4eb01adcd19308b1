"""The widget for lists of any length: its layout, the drawing of its lines, and the widget itself."""
