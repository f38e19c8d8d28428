"""`customcrm` and `python -m customcrm`."""

from customcrm.cli import main

if __name__ == "__main__":
    main()
