<?php
// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Posts as analytics-php 3.8.2 does (lib/Consumer/LibCurl.php), with PHP's curl, and prints what it sent and
// how it went:  php -d curl.cainfo=CA php.php HOST CASE

[, $host, $case] = $argv;
const KEY = 'FAKE_WRITE_KEY_php_0000';
$payloads = [];
$statuses = [];
$errors = [];

function call(string $type, array $members): array
{
    $id = bin2hex(random_bytes(16));
    return $members + [
        'context' => ['library' => ['name' => 'analytics-php', 'version' => '3.8.2', 'consumer' => 'LibCurl']],
        'timestamp' => date('c'), 'messageId' => $id, 'type' => $type,
    ];
}

$batch = [
    call('identify', ['userId' => 'user-1', 'traits' => ['email' => 'qa@example.test', 'name' => 'Zoë 🚚', 'none' => null]]),
    call('track', ['userId' => 'user-1', 'event' => 'Order Completed', 'properties' => ['revenue' => 39.95, 'url' => 'https://x/y']]),
    call('page', ['userId' => 'user-1', 'name' => 'Home', 'properties' => new stdClass()]),
    call('screen', ['userId' => 'user-1', 'name' => 'Basket', 'properties' => new stdClass()]),
    call('group', ['userId' => 'user-1', 'groupId' => 'g-1', 'traits' => ['name' => 'ACME']]),
    call('alias', ['userId' => 'user-1', 'previousId' => 'anon-1']),
    call('track', ['anonymousId' => 'anon-2', 'event' => 'Cart Viewed', 'properties' => new stdClass()]),
];
if ($case === 'arrays') {
    $batch = [call('track', ['userId' => 'user-1', 'event' => 'Empty', 'properties' => [], 'context' => [], 'integrations' => []])];
}

$payload = json_encode(['batch' => $batch, 'sentAt' => date('c')]);
for ($backoff = 100; $backoff < 10000;) {
    $payloads[] = $payload;
    $headers = ['Content-Type: application/json'];
    $body = $payload;
    if ($case === 'gzip') {
        $body = gzencode($payload);
        $headers[] = 'Content-Encoding: gzip';
    }
    $headers[] = 'User-Agent: analytics-php/3.8.2';
    $curl = curl_init();
    curl_setopt($curl, CURLOPT_USERPWD, KEY . ':');
    curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
    curl_setopt($curl, CURLOPT_HTTPHEADER, $headers);
    curl_setopt($curl, CURLOPT_URL, 'https://' . $host . '/v1/batch');
    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($curl, CURLOPT_TIMEOUT, 10);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $statuses[] = $status;
    if ($answer === false) {
        $errors[] = curl_error($curl);
        break;
    }
    curl_close($curl);
    if ($status === 200) {
        break;
    }
    $errors[] = $answer;
    if ($status >= 500 || $status === 429) {
        usleep($backoff * 1000);
        $backoff *= 2;
    } elseif ($status >= 400) {
        break;
    }
}
echo json_encode(['payloads' => $payloads, 'statuses' => $statuses, 'errors' => $errors]);
