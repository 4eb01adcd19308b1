"""What several parts of kaptui need alike and none of them owns; imports nothing but errors and resources."""
