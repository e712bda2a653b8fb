"""The tables of a tenant's dataset and the questions asked of them, in BigQuery's dialect.

DuckDB runs the same texts, translated by sqlglot. Rows come in as one JSON parameter; ids that are there already are
left out, so that a load may run again. Times are DATETIME in UTC.
"""

from tembea.providers.warehouse import Statement, Table

RATE_ROWS = Table(
    name="rate_rows",
    create=(
        Statement(
            """
            create table if not exists rate_rows (
              id string not null, tenant string not null, hotel_id string not null, hotel string not null,
              destination string not null, contract_id string not null, contract_version int64 not null,
              first_night date not null, last_night date not null, season string not null, plan string not null,
              board string not null, basis string not null, room string not null, amount numeric(18, 6) not null,
              currency string not null, rate_kind string not null, source string not null
            ) cluster by hotel_id, contract_id
            """
        ),
    ),
    load=Statement(
        """
        merge into rate_rows as known
        using (
          select json_value(item, '$.id') as id, json_value(item, '$.tenant') as tenant,
                 json_value(item, '$.hotel_id') as hotel_id, json_value(item, '$.hotel') as hotel,
                 json_value(item, '$.destination') as destination, json_value(item, '$.contract_id') as contract_id,
                 cast(json_value(item, '$.contract_version') as int64) as contract_version,
                 cast(json_value(item, '$.first_night') as date) as first_night,
                 cast(json_value(item, '$.last_night') as date) as last_night,
                 json_value(item, '$.season') as season, json_value(item, '$.plan') as plan,
                 json_value(item, '$.board') as board, json_value(item, '$.basis') as basis,
                 json_value(item, '$.room') as room, cast(json_value(item, '$.amount') as numeric(18, 6)) as amount,
                 json_value(item, '$.currency') as currency, json_value(item, '$.rate_kind') as rate_kind,
                 json_value(item, '$.source') as source
          from unnest(json_query_array(@loaded)) as item
        ) as one
        on known.id = one.id and known.hotel_id = one.hotel_id
        when not matched then
          insert (id, tenant, hotel_id, hotel, destination, contract_id, contract_version, first_night, last_night,
                  season, plan, board, basis, room, amount, currency, rate_kind, source)
          values (one.id, one.tenant, one.hotel_id, one.hotel, one.destination, one.contract_id, one.contract_version,
                  one.first_night, one.last_night, one.season, one.plan, one.board, one.basis, one.room, one.amount,
                  one.currency, one.rate_kind, one.source)
        """,
        {"loaded": "STRING"},
    ),
)

PRICE_HISTORY = Table(
    name="price_history",
    create=(
        Statement(
            """
            create table if not exists price_history (
              id string not null, tenant string not null, quoted_on date not null, quoted_at datetime not null,
              quote_id string not null, position int64 not null, hotel_id string not null, hotel string not null,
              destination string not null, destination_key string not null, check_in date not null,
              nights int64 not null, adults int64 not null, children_ages string not null, board string not null,
              total numeric(18, 3) not null, currency string not null, engine_version string not null
            ) partition by quoted_on cluster by hotel_id
            """
        ),
    ),
    load=Statement(
        """
        merge into price_history as known
        using (
          select json_value(item, '$.id') as id, json_value(item, '$.tenant') as tenant,
                 cast(json_value(item, '$.quoted_on') as date) as quoted_on,
                 cast(json_value(item, '$.quoted_at') as datetime) as quoted_at,
                 json_value(item, '$.quote_id') as quote_id,
                 cast(json_value(item, '$.position') as int64) as position,
                 json_value(item, '$.hotel_id') as hotel_id, json_value(item, '$.hotel') as hotel,
                 json_value(item, '$.destination') as destination,
                 json_value(item, '$.destination_key') as destination_key,
                 cast(json_value(item, '$.check_in') as date) as check_in,
                 cast(json_value(item, '$.nights') as int64) as nights,
                 cast(json_value(item, '$.adults') as int64) as adults,
                 json_value(item, '$.children_ages') as children_ages, json_value(item, '$.board') as board,
                 cast(json_value(item, '$.total') as numeric) as total, json_value(item, '$.currency') as currency,
                 json_value(item, '$.engine_version') as engine_version
          from unnest(json_query_array(@loaded)) as item
        ) as one
        on known.id = one.id and known.quoted_on between @first_day and @last_day
        when not matched then
          insert (id, tenant, quoted_on, quoted_at, quote_id, position, hotel_id, hotel, destination, destination_key,
                  check_in, nights, adults, children_ages, board, total, currency, engine_version)
          values (one.id, one.tenant, one.quoted_on, one.quoted_at, one.quote_id, one.position, one.hotel_id, one.hotel,
                  one.destination, one.destination_key, one.check_in, one.nights, one.adults, one.children_ages,
                  one.board, one.total, one.currency, one.engine_version)
        """,
        {"loaded": "STRING", "first_day": "DATE", "last_day": "DATE"},
    ),
)

# The days stand for the partitions that have to be read, the times for the agency's own midnights.
PRICES = Statement(
    """
    select id, quoted_at, quote_id, position, hotel_id, hotel, destination, check_in, nights, adults, children_ages,
           board, total, currency, engine_version
    from price_history
    where quoted_on between @first_day and @last_day and quoted_at >= @since and quoted_at < @until
      and (@hotel_id is null or hotel_id = @hotel_id)
      and (array_length(@places) = 0 or destination_key in unnest(@places))
      and (@after_at is null or quoted_at < @after_at or (quoted_at = @after_at and id < @after_id))
    order by quoted_at desc, id desc
    limit 201
    """,
    {
        "first_day": "DATE",
        "last_day": "DATE",
        "since": "DATETIME",
        "until": "DATETIME",
        "hotel_id": "STRING",
        "places": "STRINGS",
        "after_at": "DATETIME",
        "after_id": "STRING",
    },
)

RATES_OF_A_NIGHT = Statement(
    """
    select id, contract_id, contract_version, hotel_id, hotel, first_night, last_night, season, plan, board, basis,
           room, amount, currency, rate_kind, source
    from rate_rows
    where hotel_id = @hotel_id and first_night <= @night and last_night >= @night
    order by contract_version desc, room, plan, id
    limit 1000
    """,
    {"hotel_id": "STRING", "night": "DATE"},
)
