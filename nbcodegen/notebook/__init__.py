"""What IPython and JupyterLab see: magics, output, cells."""
