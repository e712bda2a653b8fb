"""Walks the database's own catalogue: what holds for every tenant table holds for the next one too."""

import uuid

import psycopg
import pytest

from tembea.kernel.embedded import Dsns

# The only tables without a tenant, each with its reason.
PLATFORM_TABLES = {
    "tenants": "is the tenant; isolated by its own key",
    "rate_grants": "whose rates who may sell by, seen by operators alone",
    "quarantined_messages": "mail for nobody we know, seen by operators alone",
    "webhook_replays": "digests of signed requests, before anybody knows whose",
    "mailboxes": "how far the installation’s mailboxes were read",
    "fx_rates": "published facts, the same for every agency; only the platform writes them",
    "procrastinate_jobs": "the queue: identifiers, no personal data",
    "procrastinate_events": "the queue",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
    "job_failures": "the queue: why a job failed, without anybody's data",
    "job_periods": "the queue",
    "_yoyo_migration": "which migrations were applied",
    "_yoyo_log": "when",
    "_yoyo_version": "of the migration tool",
    "yoyo_lock": "of the migration tool",
}
TABLES = """
    select c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1
"""


@pytest.fixture
def catalogue(module_database: Dsns) -> psycopg.Connection:
    return psycopg.connect(module_database.owner, autocommit=True)


def tenant_tables(catalogue: psycopg.Connection) -> list[str]:
    return [row[0] for row in catalogue.execute(TABLES) if row[0] not in PLATFORM_TABLES]


def test_every_tenant_table_forces_row_level_security_with_one_policy_for_the_app(
    catalogue: psycopg.Connection,
) -> None:
    policies: dict[str, list[tuple[str, str, str]]] = {}
    for table, name, roles, using, check in catalogue.execute(
        "select tablename, policyname, roles::text, qual, with_check from pg_policies where schemaname = 'public'"
    ):
        if "tembea_app" in roles:
            policies.setdefault(table, []).append((name, using, check))

    for table, secured, forced, owner in catalogue.execute(TABLES):
        if table in PLATFORM_TABLES and table != "tenants":
            continue
        assert (secured, forced) == (True, True), table
        assert owner != "tembea_app", table
        assert [name for name, _, _ in policies[table]] == ["tenant_isolation"], table
        _, using, check = policies[table][0]
        assert using == check, table
        assert "NULLIF(current_setting('app.tenant_id'::text, true), ''::text)" in using, table


def test_keys_and_foreign_keys_start_with_the_tenant(catalogue: psycopg.Connection) -> None:
    keys = catalogue.execute(
        """
        select c.conrelid::regclass::text, c.conname, c.contype, c.confrelid::regclass::text,
               (select attname from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1])
        from pg_constraint c
        where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'f')
        """
    ).fetchall()
    tables = set(tenant_tables(catalogue))

    for table, name, _, _, first in keys:
        if table in tables:
            assert first == "tenant_id", (table, name)


def test_the_apps_role_owns_nothing_and_bypasses_nothing(catalogue: psycopg.Connection) -> None:
    roles = catalogue.execute(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'tembea%'"
    ).fetchall()
    owned = catalogue.execute(
        "select count(*) from pg_class"
        " where pg_get_userbyid(relowner) in ('tembea_app', 'tembea_operator', 'tembea_lookup')"
    ).fetchone()

    for name, superuser, bypass, create_role, create_db in roles:
        assert not superuser, name
        assert not bypass, name
        if name != "tembea_owner":
            assert not create_role, name
            assert not create_db, name
    assert owned == (0,)


def test_definer_functions_are_the_known_few_and_belong_to_the_lookup_role(catalogue: psycopg.Connection) -> None:
    found = catalogue.execute(
        """
        select p.proname, pg_get_userbyid(p.proowner), p.proconfig::text,
               has_function_privilege('public', p.oid, 'execute')
        from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.prosecdef
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        """
    ).fetchall()

    assert {row[0] for row in found} == {
        "find_tenant_by_slug",
        "find_tenant_by_address",
        "find_logins",
        "find_api_key",
        "find_quote_by_token",
        "find_mail_by_message_id",
        "list_tenant_keys",
        "measure_service",
        "list_event_news",
        "list_ended_viewers",
    }
    for name, owner, config, anybody in found:
        assert owner == "tembea_lookup", name
        assert "search_path=pg_catalog, public" in config, name
        assert not anybody, name


def test_views_run_with_the_rights_of_whoever_asks(catalogue: psycopg.Connection) -> None:
    views = catalogue.execute(
        """
        select c.relname, coalesce(c.reloptions::text, '') from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        """
    ).fetchall()

    for name, options in views:
        assert "security_invoker=" in options, name


def test_a_setting_that_was_reset_shows_no_rows_instead_of_failing(module_database: Dsns) -> None:
    with psycopg.connect(module_database.app) as app:
        app.execute("select set_config('app.tenant_id', %s, true)", [str(uuid.uuid4())])
        app.commit()  # the setting now reads '' in this session, not null
        assert app.execute("select count(*) from quotes").fetchone() == (0,)


def test_the_performance_indexes_are_there_under_the_specifications_names(catalogue: psycopg.Connection) -> None:
    found = dict(
        catalogue.execute("select indexname::text, indexdef from pg_indexes where schemaname = 'public'").fetchall()
    )

    for name, columns in {
        "idx_quotes_tenant_created": "quotes USING btree (tenant_id, created_at DESC",
        "idx_invoices_tenant_status": "invoices USING btree (tenant_id, status",
        "idx_clients_tenant_stage": "clients USING btree (tenant_id, stage",
        "idx_call_records_tenant_created": "call_records USING btree (tenant_id, created_at DESC",
    }.items():
        assert columns in found[name]
