"""The HTTP assembly: settings in, an ASGI application out. Everything it serves is listed here."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import APIRouter, FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tembea import __version__
from tembea.audit import routes as audit_routes
from tembea.crm import routes as crm_routes
from tembea.dashboard import new_cache
from tembea.dashboard import routes as dashboard_routes
from tembea.helpdesk import routes as helpdesk_routes
from tembea.inbox import routes as inbox_routes
from tembea.kernel.background import running_beside
from tembea.kernel.bodies import BodyMiddleware
from tembea.kernel.cors import PagesCors, PagesPreflights
from tembea.kernel.db import Db, DbLimits, open_pool
from tembea.kernel.deadlines import RequestTimeoutMiddleware
from tembea.kernel.direct_api import DirectApi
from tembea.kernel.limiting import LimitsMiddleware
from tembea.kernel.limits import Limiter
from tembea.kernel.problems import CrashMiddleware, install_problem_handlers
from tembea.kernel.redis import RedisLink, open_redis
from tembea.kernel.route_index import RouteIndex, routes_of
from tembea.kernel.secret_box import SecretBox
from tembea.kernel.site import SecurityHeadersMiddleware, mount_site
from tembea.kernel.telemetry import TimingMiddleware, configure_logging, observed
from tembea.kernel.tokens import TokenSigner
from tembea.kernel.turns import Turns
from tembea.knowledge import routes as knowledge_routes
from tembea.notifications import routes as mail_routes
from tembea.operations import (
    event_routes,
    jobs_routes,
    outbox_routes,
    process_routes,
    quarantine_routes,
    scraping_routes,
    service_routes,
)
from tembea.operations import routes as operations_routes
from tembea.operations.health import Health
from tembea.operations.live import following_news, serving_streams
from tembea.providers import build_providers
from tembea.quotes import routes as quotes_routes
from tembea.rates import calendar_routes, fx_routes, grant_routes
from tembea.rates import routes as rates_routes
from tembea.settings import Settings, load_settings
from tembea.tenants import routes as tenants_routes
from tembea.tenants.limits import AddressLimits, PaidRoute, RequestLimits
from tembea.users import Doorman, FrontDesk, account_routes, factor_routes, key_routes, people_routes
from tembea.users import routes as users_routes
from tembea.warehouse import routes as warehouse_routes

ROUTERS: tuple[APIRouter, ...] = (
    account_routes.router,
    audit_routes.router,
    crm_routes.router,
    dashboard_routes.router,
    event_routes.router,
    factor_routes.router,
    helpdesk_routes.router,
    inbox_routes.router,
    jobs_routes.router,
    key_routes.router,
    knowledge_routes.router,
    mail_routes.router,
    operations_routes.router,
    outbox_routes.router,
    people_routes.router,
    process_routes.router,
    quarantine_routes.router,
    quotes_routes.router,
    calendar_routes.router,
    fx_routes.router,
    grant_routes.router,
    rates_routes.router,
    scraping_routes.router,
    service_routes.router,
    tenants_routes.router,
    users_routes.router,
    warehouse_routes.router,
)

BODY_LIMITS = {
    "/webhooks/email/events": 5_000_000,  # the first that fits counts
    "/webhooks/email": 27_000_000,
    "/api/v1/rates/import": 26_000_000,
    "/api/v1/rates/fx/import": 26_000_000,
    "/f/": 64_000,
}

LONGER_S = {"/api/v1/rates/import": 90.0, "/api/v1/rates/fx/import": 90.0}
"""Paths that may take longer than the rest: fifty thousand rows are read, checked and stored in one go."""

PAID_ROUTES = (
    PaidRoute("POST", re.compile(r"/api/v1/quotes/generate"), "quote_generation"),
    PaidRoute("POST", re.compile(r"/api/v1/enquiries/[^/]+/accept"), "quote_generation"),
    PaidRoute("POST", re.compile(r"/api/v1/helpdesk/chat"), "helpdesk_chat"),
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; settings come from the environment when they are not given."""
    settings = settings or load_settings()
    settings.check_secrets()
    configure_logging(settings.log_level, as_json=settings.log_json)
    app = _routed()
    app.state.settings = settings
    app.state.signer = TokenSigner(lambda: settings.signing_keys, lifetime_s=settings.access_token_lifetime_s)
    app.state.providers = build_providers(settings)
    mount_site(app, settings.web_dir)
    app.add_middleware(CrashMiddleware)
    app.add_middleware(RequestTimeoutMiddleware, timeout_s=settings.request_timeout_s, by_path=LONGER_S)
    app.add_middleware(BodyMiddleware, by_path=BODY_LIMITS)
    if settings.cors_origins:
        app.add_middleware(PagesPreflights, origins=settings.cors_origins)
    app.add_middleware(LimitsMiddleware)  # around whatever may refuse: a 413 or a 500 says how the limits stand, too
    if settings.cors_origins:
        app.add_middleware(PagesCors, origins=settings.cors_origins)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(TimingMiddleware)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    return app


def describe() -> dict[str, object]:
    """The OpenAPI document of everything that is served."""
    return _routed().openapi()


def _routed() -> FastAPI:
    app = DirectApi(
        title="Tembea",
        version=__version__,
        description="Enquiry mails become priced, branded, explainable quotes.",
        lifespan=_lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # asking whether to costs a tenth of a route
    )
    app.described = ROUTERS
    install_problem_handlers(app)
    app.router.routes.insert(0, RouteIndex(route for router in ROUTERS for route in routes_of(router)))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    settings: Settings = app.state.settings
    with observed("tembea-api", __version__, sentry_dsn=settings.sentry_dsn, otlp_endpoint=settings.otlp_endpoint):
        async with _working(app, settings):
            yield


@asynccontextmanager
async def _working(app: FastAPI, settings: Settings) -> AsyncGenerator[None]:
    pool = await open_pool(settings.app_dsn, db_limits(settings))
    app.state.db = Db(pool)
    # Whatever is priced at a time leaves half of the pool to everybody else.
    app.state.turns = Turns(max(1, settings.db_pool_size // 2), max(1, settings.db_pool_size // 3))
    app.state.redis = redis_link(settings)
    app.state.gate = request_limits(settings, app.state.db, app.state.redis)
    app.state.dashboard_cache = new_cache(app.state.redis)
    # Of its own: a pool that is busy is not a database that fails, and probes take nobody's turn.
    health_pool = await open_pool(settings.app_dsn, health_limits(settings))
    app.state.doorkeeper = Doorman(app.state.db, app.state.signer, look_up_s=longest_answer_s(settings))
    box = SecretBox(settings.installation_secret)
    app.state.front_desk = FrontDesk(app.state.db, app.state.signer, app.state.providers.identity, box)
    app.state.health = Health(
        Db(health_pool),
        migrations_dir=settings.migrations_dir,
        redis=app.state.redis,
        warehouse=app.state.providers.warehouse,
        deadline_s=settings.readiness_check_timeout_s,
    )
    try:
        async with (
            serving_streams(app.state.db, settings) as app.state.streams,
            following_news(app.state.db, settings, app.state.streams, app.state.dashboard_cache),
            running_beside(app.state.providers.warehouse.warm()),
        ):
            yield
    finally:
        app.state.health.draining = True
        await app.state.providers.warehouse.close()
        if app.state.redis is not None:
            await app.state.redis.close()
        await health_pool.close()
        await pool.close()


def request_limits(settings: Settings, db: Db, redis: RedisLink | None) -> RequestLimits:
    """The rate limits of this process, as the settings have them."""
    addresses = AddressLimits(
        anybody=settings.address_limit,
        site=settings.site_limit,
        public_links=settings.public_link_limit,
        webhooks=settings.webhook_limit,
        sign_in=settings.sign_in_limit,
        sign_in_alone=settings.sign_in_limit_without_redis,
        form=settings.form_limit,
        tenant_form=settings.tenant_form_limit,
    )
    return RequestLimits(
        db,
        Limiter(redis),
        processes=settings.api_processes,
        addresses=addresses,
        paid=PAID_ROUTES,
        read_s=longest_answer_s(settings),
    )


def longest_answer_s(settings: Settings) -> float:
    """A connection and one statement take no longer, unless the database hangs."""
    return settings.db_acquire_timeout_s + settings.db_statement_timeout_ms / 1_000


def redis_link(settings: Settings) -> RedisLink | None:
    """The process's Redis, as the settings have it; call it once, inside the event loop."""
    return open_redis(
        settings.redis_url,
        timeout_s=settings.redis_timeout_ms / 1_000,
        max_connections=settings.redis_max_connections,
    )


def health_limits(settings: Settings) -> DbLimits:
    """One connection, waited for as long as a check may take."""
    within_s = settings.readiness_check_timeout_s
    return replace(db_limits(settings), min_size=0, max_size=1, acquire_timeout_s=within_s)


def db_limits(settings: Settings) -> DbLimits:
    """The pool's bounds, as the settings have them."""
    return DbLimits(
        max_size=settings.db_pool_size,
        acquire_timeout_s=settings.db_acquire_timeout_s,
        statement_timeout_ms=settings.db_statement_timeout_ms,
        idle_in_transaction_timeout_ms=settings.db_idle_in_transaction_timeout_ms,
        lock_timeout_ms=settings.db_lock_timeout_ms,
        prepare=settings.database_is_direct,
    )
