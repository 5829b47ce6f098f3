"""The hall's pages in the workbench."""
