"""archspec: AWS architectures written once as YAML, checked, drawn, documented and exported.

The Python interface is `archspec.api`; importing this package imports nothing else.
"""

__version__ = "0.1.0"
