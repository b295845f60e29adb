# SPDX-FileCopyrightText: 2026 The Trackside authors
# SPDX-License-Identifier: Apache-2.0
#
# Posts as analytics-ruby 2.5.0 does (lib/segment/analytics/transport.rb), with Ruby's Net::HTTP over TLS,
# and prints what it sent and how it went:  ruby.rb HOST PORT CASE
require 'json'
require 'net/http'
require 'net/https'
require 'securerandom'
require 'time'

host, port, kind = ARGV
KEY = 'FAKE_WRITE_KEY_ruby_0000'.freeze
HEADERS = { 'Accept' => 'application/json', 'Content-Type' => 'application/json',
            'User-Agent' => 'analytics-ruby/2.5.0' }.freeze
$payloads = []
$statuses = []
$errors = []

http = Net::HTTP.new(host, Integer(port))
http.use_ssl = true
http.read_timeout = 8
http.open_timeout = 4

def time
  Time.now.iso8601(3)
end

def call(type, members)
  { 'context' => { 'library' => { 'name' => 'analytics-ruby', 'version' => '2.5.0' } },
    'messageId' => SecureRandom.uuid, 'timestamp' => time, 'type' => type }.merge(members)
end

batch = [
  call('identify', 'userId' => 'user-1', 'traits' => { 'email' => 'qa@example.test', 'name' => 'Zoë 🚚', 'none' => nil }),
  call('track', 'userId' => 'user-1', 'event' => 'Order Completed', 'properties' => { 'revenue' => 39.95, 'big' => 2**80 }),
  call('page', 'userId' => 'user-1', 'name' => 'Home', 'properties' => {}),
  call('screen', 'userId' => 'user-1', 'name' => 'Basket', 'properties' => {}),
  call('group', 'userId' => 'user-1', 'groupId' => 'g-1', 'traits' => { 'name' => 'ACME' }),
  call('alias', 'userId' => 'user-1', 'previousId' => 'anon-1'),
  call('track', 'anonymousId' => 'anon-2', 'event' => 'Cart Viewed', 'properties' => {})
]
# A symbol and a string are two keys to Ruby and one to JSON.
batch = [call('track', 'userId' => 'user-1', 'event' => 'Twice', 'properties' => { :a => 1, 'a' => 2 })] if kind == 'duplicates'

def send_request(http, batch)
  payload = JSON.generate(:sentAt => time, :batch => batch)
  $payloads << payload
  request = Net::HTTP::Post.new('/v1/import', HEADERS)
  request.basic_auth(KEY, nil)
  http.start unless http.started?
  response = http.request(request, payload)
  $statuses << response.code.to_i
  [response.code.to_i, response.body]
end

# retry_with_backoff: 10 tries, as long as the answer is no JSON, a 429 or a 5xx.
10.times do
  begin
    status, body = send_request(http, batch)
    error = JSON.parse(body)['error']
    $errors << error if error
    break unless status >= 500 || status == 429
  rescue StandardError => e
    $errors << e.message
  end
end
puts JSON.generate('payloads' => $payloads, 'statuses' => $statuses, 'errors' => $errors)
