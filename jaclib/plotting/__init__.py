"""The look of the course: one colour per role, one figure style, and the figures that the chapters share."""

from jaclib.plotting.maps import linearization_error, parallelogram, robot_arm, zoom_into_grid
from jaclib.plotting.matrices import chain_of_shapes, jacobian_sparsity, saliency_images
from jaclib.plotting.style import COLORS, use_style

__all__ = [
    "COLORS",
    "chain_of_shapes",
    "jacobian_sparsity",
    "linearization_error",
    "parallelogram",
    "robot_arm",
    "saliency_images",
    "use_style",
    "zoom_into_grid",
]
