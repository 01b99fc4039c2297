"""Updates of this program: the file that carries newer code, how it is published, how it is laid beside."""
