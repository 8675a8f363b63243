"""The lessons in a browser's own Python: JupyterLite with the packages they need, built from registries alone."""
