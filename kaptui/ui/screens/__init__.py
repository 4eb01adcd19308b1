"""The screens, one file each, what they share, and the lists one chooses from."""
