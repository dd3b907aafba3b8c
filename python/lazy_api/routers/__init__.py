"""The half of the package that the application imports: lazy routers for FastAPI and Starlette."""

from .errors import LazyRouterError as LazyRouterError
from .include import include_lazy_routers as include_lazy_routers
from .inclusion import LazyInclusion as LazyInclusion
from .registry import lazy_routers as lazy_routers
