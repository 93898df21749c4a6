"""Matplotlib in the page: ``plt.show()`` shows every open figure as the notebook does, twice as fine as its size."""

from __future__ import annotations

import io
import struct

from matplotlib import pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

__all__ = ["FigureCanvas", "FigureManager", "png"]


def png(figure: Figure):
    """Return a figure as PNG with its size on the page, or None for one without anything in it."""
    if not figure.axes and not figure.lines:
        return None
    file = io.BytesIO()
    colors = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor()}
    figure.canvas.print_figure(file, format="png", dpi=2 * figure.dpi, bbox_inches="tight", **colors)
    data = file.getvalue()
    width, height = struct.unpack(">2I", data[16:24])
    return data, {"width": width // 2, "height": height // 2}


class FigureManager(FigureManagerBase):
    """Shows figures in the output of the cell that runs."""

    @classmethod
    def pyplot_show(cls, *, block=None):
        """Show the open figures in the order in which they were made, and close them."""
        managers = Gcf.get_all_fig_managers()
        for manager in managers:
            manager.show()
        if managers:
            pyplot.close("all")

    def show(self):
        """Show this figure."""
        from IPython.display import display

        display(self.canvas.figure)


class FigureCanvas(FigureCanvasAgg):
    """Draws with Agg."""

    manager_class = FigureManager
