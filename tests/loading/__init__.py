"""What a load accepts, refuses, finds and leaves behind."""
