-- Sliding windows of 60 buckets: all limits of a request decided at once, all or nothing. Runs on Redis 6.2 and later.
--
-- KEYS[i]   a hash: used (their sum), oldest (the oldest bucket that may hold any), and a count under each bucket's number
-- ARGV[1]   1 to take one of each, 0 to look
-- ARGV[2i], ARGV[2i + 1]   the limit, and a bucket's width in milliseconds
-- Answers whether all have room, then for each limit what is used of it (this request included) and the milliseconds
-- until its oldest bucket leaves.
--
-- A bucket leaves when all of it is older than the window, so a window counts up to one bucket more than its length and
-- never less: no window of that length ever holds more than the limit.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local windows, room = {}, 1

for i, key in ipairs(KEYS) do
  local width = tonumber(ARGV[2 * i + 1])
  local bucket = math.floor(now / width)
  local found = redis.call('HMGET', key, 'used', 'oldest', bucket)
  local used, oldest = tonumber(found[1]) or 0, tonumber(found[2]) or bucket
  if used > 0 and oldest < bucket - 60 then
    local all, gone = redis.call('HGETALL', key), {}
    used, oldest = 0, bucket
    for j = 1, #all, 2 do
      local at = tonumber(all[j])
      if at and at < bucket - 60 then
        gone[#gone + 1] = all[j]
      elseif at then
        used = used + tonumber(all[j + 1])
        oldest = math.min(oldest, at)
      end
    end
    if #gone > 0 then
      redis.call('HDEL', key, unpack(gone))
    end
    redis.call('HSET', key, 'used', used, 'oldest', oldest)
  end
  if used >= tonumber(ARGV[2 * i]) then
    room = 0
  end
  windows[i] = { used, used > 0 and math.min(oldest, bucket) or bucket, bucket, tonumber(found[3]), width }
end

local answer = { room }
for i, key in ipairs(KEYS) do
  local used, oldest, bucket, count, width = unpack(windows[i])
  if room == 1 and ARGV[1] == '1' then
    used = used + 1
    redis.call('HSET', key, 'used', used, 'oldest', oldest, bucket, (count or 0) + 1)
    if not count then
      redis.call('PEXPIRE', key, 62 * width)
    end
  end
  answer[2 * i] = used
  answer[2 * i + 1] = used > 0 and (oldest + 61) * width - now or 0
end
return answer
