"""Curated YAML files in: nodes that know their lines, and fields that note every fault.

`tree` reads a file so that a hostile one costs nothing; `fields` takes plain values out of the nodes.
"""

from mapdata.yaml_tree.fields import Faults, Fields, did_you_mean, show
from mapdata.yaml_tree.tree import Map, Node, Scalar, Seq, YamlFault, parse_tree, read_tree

__all__ = [
    "Faults",
    "Fields",
    "Map",
    "Node",
    "Scalar",
    "Seq",
    "YamlFault",
    "did_you_mean",
    "parse_tree",
    "read_tree",
    "show",
]
