"""Which panels stand on which screen and what they show, for whoever shows them: no widget, no renderer."""
