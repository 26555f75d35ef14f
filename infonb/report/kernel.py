"""The kernel that runs a report's notebook: the usual one, started sooner."""

from __future__ import annotations

import sys


def main() -> None:
    """Start the IPython kernel with the arguments of the command line."""
    # jsonschema compiles a grammar of internationalised addresses on import (2 s) when this
    # package is there. Charts are checked against a schema without such addresses.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
