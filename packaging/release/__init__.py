"""What is handed out: a portable folder and a Debian package, both from one frozen program."""
