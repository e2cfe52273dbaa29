"""The screens, over HTTP."""
