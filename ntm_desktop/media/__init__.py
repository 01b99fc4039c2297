"""Pictures and pages: shrunk and stripped at intake, joined, drawn to look at; all in a child process with limits."""
