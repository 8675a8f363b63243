"""A JupyterHub on loopback with a teacher and two students, to try and to test the course's way through a hub."""
