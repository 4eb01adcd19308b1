"""The dashboard: everything that Textual shows; the only part of kaptui that imports it."""
