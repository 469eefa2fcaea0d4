"""The commands of `cleantech`, one module each."""
