"""What the superuser prepares: two roles, the database, its extensions. Safe to repeat; repeated on every start."""

import psycopg
from psycopg import sql

from tembea.kernel.embedded.passwords import APP, DATABASE, OWNER, SUPERUSER, Passwords, dsn

EXTENSIONS = ("vector", "pg_trgm", "citext", "btree_gist", "unaccent")


def prepare(port: int, passwords: Passwords) -> None:
    """Roles, database and extensions, so that migrations can run as the owner and the product as its own role."""
    with _superuser(port, passwords, "postgres") as connection:
        _prepare_roles(connection, passwords)
        create_database(connection, DATABASE)
    with _superuser(port, passwords, DATABASE) as connection:
        found = {name for (name,) in connection.execute("select extname from pg_extension")}
        for extension in EXTENSIONS:
            if extension not in found:
                connection.execute(sql.SQL("create extension {}").format(sql.Identifier(extension)))


def create_database(connection: psycopg.Connection, name: str) -> None:
    """An empty database that belongs to the owner, unless it is there."""
    if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
        create = sql.SQL("create database {} owner {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(OWNER)))


def _prepare_roles(connection: psycopg.Connection, passwords: Passwords) -> None:
    found = {name for (name,) in connection.execute("select rolname from pg_roles")}
    if OWNER not in found:
        # It makes the look-up and operator roles in its migrations, hence CREATEROLE; it is no superuser.
        create = sql.SQL("create role tembea_owner login createrole nobypassrls password {}")
        connection.execute(create.format(sql.Literal(passwords.owner)))
    if APP not in found:
        create = sql.SQL("create role tembea_app login noinherit nobypassrls password {}")
        connection.execute(create.format(sql.Literal(passwords.app)))
        # As on a server of one's own, where the owner's first migration makes the role.
        connection.execute("grant tembea_app to tembea_owner with admin option")


def _superuser(port: int, passwords: Passwords, database: str) -> psycopg.Connection:
    return psycopg.connect(dsn(SUPERUSER, passwords.superuser, port, database), autocommit=True, connect_timeout=5)
