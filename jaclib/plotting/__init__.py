"""The look of the course: one colour per role, one figure style, and the figures that the chapters share."""

from jaclib.plotting._plane_part import PlanePart
from jaclib.plotting.areas import image_area, polar_patch, rectangle_and_image, shear_to_rectangle
from jaclib.plotting.backprop import gradient_on_contours, slices, slope_by_direction, value_graph
from jaclib.plotting.densities import density_check, flow_density
from jaclib.plotting.learning import digit_grid, kink, loss_curve, step_size_error
from jaclib.plotting.maps import linearization_error, parallelogram, robot_arm, zoom_into_grid
from jaclib.plotting.matrices import chain_of_shapes, jacobian_sparsity, saliency_images
from jaclib.plotting.regions import fold, matched_edges
from jaclib.plotting.solving import level_curve, newton_steps
from jaclib.plotting.style import COLORS, use_style
from jaclib.plotting.substitution import area_factor, length_factor

__all__ = [
    "COLORS",
    "PlanePart",
    "area_factor",
    "chain_of_shapes",
    "density_check",
    "digit_grid",
    "flow_density",
    "fold",
    "gradient_on_contours",
    "image_area",
    "jacobian_sparsity",
    "kink",
    "length_factor",
    "level_curve",
    "linearization_error",
    "loss_curve",
    "matched_edges",
    "newton_steps",
    "parallelogram",
    "polar_patch",
    "rectangle_and_image",
    "robot_arm",
    "saliency_images",
    "shear_to_rectangle",
    "slices",
    "slope_by_direction",
    "step_size_error",
    "use_style",
    "value_graph",
    "zoom_into_grid",
]
