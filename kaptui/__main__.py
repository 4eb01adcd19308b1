"""`python -m kaptui`."""

from kaptui.cli import main

if __name__ == "__main__":
    main()
