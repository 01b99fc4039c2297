"""The real window filled by key presses alone, timed, and judged by another process."""
