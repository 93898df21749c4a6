"""The look of the course: one colour per role, one figure style, and the figures that the chapters share."""

from jaclib.plotting.areas import image_area, polar_patch, rectangle_and_image, shear_to_rectangle
from jaclib.plotting.densities import density_check, flow_density
from jaclib.plotting.maps import linearization_error, parallelogram, robot_arm, zoom_into_grid
from jaclib.plotting.matrices import chain_of_shapes, jacobian_sparsity, saliency_images
from jaclib.plotting.regions import fold, matched_edges
from jaclib.plotting.style import COLORS, use_style

__all__ = [
    "COLORS",
    "chain_of_shapes",
    "density_check",
    "flow_density",
    "fold",
    "image_area",
    "jacobian_sparsity",
    "linearization_error",
    "matched_edges",
    "parallelogram",
    "polar_patch",
    "rectangle_and_image",
    "robot_arm",
    "saliency_images",
    "shear_to_rectangle",
    "use_style",
    "zoom_into_grid",
]
