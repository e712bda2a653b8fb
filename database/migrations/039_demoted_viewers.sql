-- A view of events ends with the role that it was opened in, too. Pasteable into a SQL editor and safe to run twice. The
-- function of three arguments stays for processes that are still being replaced.
set lock_timeout = '5s';

create or replace function list_ended_viewers(tenant_ids uuid[], user_ids uuid[], session_ids uuid[], roles text[])
returns table (tenant_id uuid, user_id uuid, session_id uuid, role text)
language sql stable security definer set search_path = pg_catalog, public as $lookup$
  select v.tenant_id, v.user_id, v.session_id, v.role
  from unnest(tenant_ids, user_ids, session_ids, roles) as v (tenant_id, user_id, session_id, role)
  where not exists (select from tenants t where t.id = v.tenant_id and t.status = 'active')
     or (v.user_id is not null and not exists (
           select from users u
           where u.tenant_id = v.tenant_id and u.id = v.user_id and u.active and u.role = v.role))
     or exists (select from sessions s
                where s.tenant_id = v.tenant_id and s.id = v.session_id and s.revoked_at is not null)
$lookup$;

grant create on schema public to tembea_lookup;
alter function list_ended_viewers(uuid[], uuid[], uuid[], text[]) owner to tembea_lookup;
revoke all on function list_ended_viewers(uuid[], uuid[], uuid[], text[]) from public;
grant execute on function list_ended_viewers(uuid[], uuid[], uuid[], text[]) to tembea_app, tembea_operator;
-- Needed only while a function changes its owner.
revoke create on schema public from tembea_lookup;
