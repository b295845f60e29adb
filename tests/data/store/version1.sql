-- SPDX-FileCopyrightText: 2026 The Trackside authors
-- SPDX-License-Identifier: Apache-2.0
--
-- A store of format 1, as `sqlite3 FILE .dump` wrote it, with the two PRAGMAs a dump leaves out. Four events of
-- three requests (one violation that was forwarded, a batch of two, one rejected). Never changes: a later
-- format gets a dump of its own.
PRAGMA application_id = 0x54524B53;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES('store_id','e70cde172f6e200545ae757329422cb1');
CREATE TABLE session(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    test_id TEXT NOT NULL,
    started_us INTEGER NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    valid INTEGER NOT NULL DEFAULT 0,
    violations INTEGER NOT NULL DEFAULT 0,
    unplanned INTEGER NOT NULL DEFAULT 0,
    unchecked INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    lint INTEGER NOT NULL DEFAULT 0,
    protocol INTEGER NOT NULL DEFAULT 0,
    privacy INTEGER NOT NULL DEFAULT 0);
INSERT INTO session VALUES(1,'First','',1795484245000000,3,0,1,0,2,1,0,0,0);
CREATE TABLE source(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key_hash BLOB NOT NULL UNIQUE,
    masked_key TEXT NOT NULL,
    name TEXT NOT NULL,
    naming INTEGER NOT NULL,
    library TEXT NOT NULL,
    first_seen_us INTEGER NOT NULL,
    last_seen_us INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    connected INTEGER NOT NULL DEFAULT 0);
INSERT INTO source VALUES(1,X'30303131323233336161626263636464','…a1b2','Tracker UI',1,'analytics.js 1.84.3',1795484245672000,1795484245672000,1,0);
INSERT INTO source VALUES(2,X'66666565646463636262616139393838','…beef','Pilot UI',1,'analytics.js',1795484245672000,1795484245672000,2,0);
INSERT INTO source VALUES(3,X'6e6f6e65','','',0,'',1795484245778955,1795484245778955,0,0);
CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
INSERT INTO name VALUES(1,'Order Loaded');
INSERT INTO name VALUES(2,'Robot Unlocked');
INSERT INTO name VALUES(3,'not-json');
CREATE TABLE user(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
INSERT INTO user VALUES(1,'user_123');
INSERT INTO user VALUES(2,'anon-1');
CREATE TABLE rule(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
INSERT INTO rule VALUES(1,'unknown');
INSERT INTO rule VALUES(2,'plan/required');
INSERT INTO rule VALUES(3,'plan/type');
INSERT INTO rule VALUES(4,'plan/enum');
INSERT INTO rule VALUES(5,'plan/const');
INSERT INTO rule VALUES(6,'plan/pattern');
INSERT INTO rule VALUES(7,'plan/pattern-limit');
INSERT INTO rule VALUES(8,'plan/format');
INSERT INTO rule VALUES(9,'plan/range');
INSERT INTO rule VALUES(10,'plan/multiple-of');
INSERT INTO rule VALUES(11,'plan/length');
INSERT INTO rule VALUES(12,'plan/items');
INSERT INTO rule VALUES(13,'plan/unique');
INSERT INTO rule VALUES(14,'plan/contains');
INSERT INTO rule VALUES(15,'plan/properties');
INSERT INTO rule VALUES(16,'plan/unplanned-property');
INSERT INTO rule VALUES(17,'plan/property-name');
INSERT INTO rule VALUES(18,'plan/dependency');
INSERT INTO rule VALUES(19,'plan/not');
INSERT INTO rule VALUES(20,'plan/any-of');
INSERT INTO rule VALUES(21,'plan/one-of');
INSERT INTO rule VALUES(22,'plan/false');
INSERT INTO rule VALUES(23,'plan/unplanned-event');
INSERT INTO rule VALUES(24,'plan/depth');
INSERT INTO rule VALUES(25,'name/casing');
INSERT INTO rule VALUES(26,'name/object-action');
INSERT INTO rule VALUES(27,'name/tense');
INSERT INTO rule VALUES(28,'name/prefix');
INSERT INTO rule VALUES(29,'name/property-casing');
INSERT INTO rule VALUES(30,'name/whitespace');
INSERT INTO rule VALUES(31,'name/too-long');
INSERT INTO rule VALUES(32,'name/dynamic');
INSERT INTO rule VALUES(33,'protocol/not-json');
INSERT INTO rule VALUES(34,'protocol/big-integer');
INSERT INTO rule VALUES(35,'protocol/lone-surrogate');
INSERT INTO rule VALUES(36,'protocol/duplicate-key');
INSERT INTO rule VALUES(37,'protocol/byte-order-mark');
INSERT INTO rule VALUES(38,'protocol/deep-nesting');
INSERT INTO rule VALUES(39,'protocol/event-too-large');
INSERT INTO rule VALUES(40,'protocol/batch-too-large');
INSERT INTO rule VALUES(41,'protocol/batch-too-many');
INSERT INTO rule VALUES(42,'protocol/no-identity');
INSERT INTO rule VALUES(43,'protocol/identity-type');
INSERT INTO rule VALUES(44,'protocol/empty-identity');
INSERT INTO rule VALUES(45,'protocol/no-event-name');
INSERT INTO rule VALUES(46,'protocol/no-group-id');
INSERT INTO rule VALUES(47,'protocol/alias-incomplete');
INSERT INTO rule VALUES(48,'protocol/type-mismatch');
INSERT INTO rule VALUES(49,'protocol/unknown-type');
INSERT INTO rule VALUES(50,'protocol/not-object');
INSERT INTO rule VALUES(51,'protocol/empty-array');
INSERT INTO rule VALUES(52,'protocol/message-id-long');
INSERT INTO rule VALUES(53,'protocol/duplicate-message');
INSERT INTO rule VALUES(54,'protocol/timestamp');
INSERT INTO rule VALUES(55,'protocol/clock-skew');
INSERT INTO rule VALUES(56,'protocol/write-key-mismatch');
INSERT INTO rule VALUES(57,'protocol/no-write-key');
INSERT INTO rule VALUES(58,'protocol/write-key-short');
INSERT INTO rule VALUES(59,'protocol/integrations-all');
INSERT INTO rule VALUES(60,'protocol/too-many-properties');
INSERT INTO rule VALUES(61,'privacy/email-anonymous');
CREATE TABLE request(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_us INTEGER NOT NULL,
    session INTEGER NOT NULL,
    first_event INTEGER NOT NULL,
    events INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    coding INTEGER NOT NULL,
    head_bytes INTEGER NOT NULL,
    body_bytes INTEGER NOT NULL,
    wire_bytes INTEGER NOT NULL,
    reply_status INTEGER NOT NULL,
    method BLOB NOT NULL,
    target BLOB NOT NULL,
    peer BLOB NOT NULL,
    reject_code BLOB,
    reject_reason BLOB,
    head BLOB,
    packed BLOB NOT NULL);
INSERT INTO request VALUES(1,1795484245672000,1,1,1,1,0,49,115,115,200,X'504f5354',X'2f76312f747261636b',X'3132372e302e302e313a3430383232',NULL,NULL,NULL,X'28b52ffd20a44d040002891e1d50c9e6404026f2b93446a52647154e1f50132c3d42583278565477853ddbe645d988bacce6b189bab4164d3fd5f9cb9a979f17501d2151facacf8bb251b424ccd3859fe5a56415dcbc9c8ea3abe2d8fdece85f59b5661cc611103083b8308109649475b152ab318e858b3c10d4b8c4419a15590c7190c1790204040210e5e85462794a1514');
INSERT INTO request VALUES(2,1795484245672000,1,2,2,1,0,49,195,195,200,X'504f5354',X'2f76312f747261636b',X'3132372e302e302e313a3430383232',NULL,NULL,NULL,X'28b52ffd20f4cd04006209222320a76c0e80b8b88970f6224d47e9c44428fa4165458420ea4575188a5009090261c545dd11d12171fed651df80ace010d27d00bb3b0bd691696d6387970bdf5258828a6db4d27978abafaa0a50c7bb95aa8cf32f6dad0f7f7e0f6cf7dc830f50dd499d4b944421141e03cbd8c4263e8e7c7c6d85124546c948d304bdab9ad965a4c6bca9b1900204006c0554704a4acc2b846f5514');
INSERT INTO request VALUES(3,1795484245778955,1,4,1,1,0,605,38,38,400,X'504f5354',X'2f76312f74',X'3132372e302e302e313a3430383132',X'6e6f742d6a736f6e',X'54686520626f647920656e647320696e73696465206120746578742e',NULL,X'28b52ffd608301350e00d6df6527f0ccea018b51f9e04928f6ff64519a6c4a2f43f4791bd81a6a76b62fda8bc592836c220820ab125a00600058009ca569fd66c1fcd48cb7ef4ca0084e746ec560cb2ee3eca7f5e2ecc48d46ea1f143dae96db6bd7b1f8d7df3dd5cee8b9732d2fae4ffd5e6c00458c86e321ada99aaac93160b5fc0f53a0c89a2cca0183a1f45396876acca5c1219388c70cb065cd339b97aeaccba2bcc37933e800cc515768e7aa6d09ab60280b00ddb826c7c5a0be2e6cfcc1ade74d3a60d188683c26ba23960501d0d5c4a0a6b5f5832b2dffba3689d9bf0c1449f04125b31a0b06d1583296cb404034162c212d9d832bfef58bdecdafa57fbdc48dbe2744ea1728aaaaea92ffe1cd4e8a2d4549ef7f6b79ab567303140950022ddf734a27505411b4745b37b88bb74eeb513fe1dfd23d0a0cb42eabeb54d8125c0c408927023977e6820e0fca604032c7a2333b2950c2bfee7128418ecefc5042f7281e5640111441a64a2211b92e5d32f17a4bd76647bb13e3fcf769296f5af29f36734e4b5efd682db55b39985e844865cf9eb9058a28deebbce57f7ef0654c030f006a5a1e63c4b5869ae5e450f2e18684062cd0cd366d54a018e133d66a722d5b838e8580f7848160af7906');
CREATE TABLE event(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_us INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    name INTEGER NOT NULL,
    source INTEGER NOT NULL,
    user INTEGER NOT NULL,
    session INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    worst INTEGER NOT NULL,
    top_rule INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    request INTEGER NOT NULL,
    body_begin INTEGER NOT NULL,
    body_end INTEGER NOT NULL,
    found BLOB);
INSERT INTO event VALUES(1,1795484245672000,1,1,1,1,1,1,1,0,2,2,2,1,0,115,X'0d706c616e2f726571756972656402132f70726f706572746965732f6f72646572496402076f7264657249640a64656c69766572794964');
INSERT INTO event VALUES(2,1795484245672000,1,3,2,2,2,1,0,0,0,0,0,2,10,92,NULL);
INSERT INTO event VALUES(3,1795484245672000,1,3,2,2,2,1,0,0,0,0,0,2,93,175,NULL);
INSERT INTO event VALUES(4,1795484245778955,0,4,3,3,0,1,0,0,0,0,0,3,0,38,NULL);
CREATE TABLE dispatch(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    is_replay INTEGER NOT NULL,
    state INTEGER NOT NULL,
    created_us INTEGER NOT NULL,
    next_attempt_us INTEGER NOT NULL,
    request INTEGER NOT NULL,
    sent_head BLOB,
    sent_body BLOB);
INSERT INTO dispatch VALUES(1,'Production',0,2,1795484245000000,0,1,X'00504f53542068747470733a2f2f6170692e7365676d656e742e696f2f76312f747261636b',X'');
CREATE TABLE delivery(
    event INTEGER NOT NULL,
    dispatch INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY(event, dispatch)) WITHOUT ROWID;
INSERT INTO delivery VALUES(1,1,0);
CREATE TABLE attempt(
    dispatch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer_head BLOB,
    answer BLOB,
    error TEXT,
    PRIMARY KEY(dispatch, number)) WITHOUT ROWID;
INSERT INTO attempt VALUES(1,1,1795484245000000,900,200,X'00485454502f312e3120323030204f4b0d0a0d0a',X'007b2273756363657373223a747275657d','');
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('event','event_name','1000000 10000');
INSERT INTO sqlite_stat1 VALUES('event','event_type','1000000 200000');
INSERT INTO sqlite_stat1 VALUES('event','event_status','1000000 250000');
INSERT INTO sqlite_stat1 VALUES('event','event_received','1000000 2');
INSERT INTO sqlite_stat1 VALUES('event','event_found','50000 1');
INSERT INTO sqlite_stat1 VALUES('dispatch','dispatch_due','1000 2');
INSERT INTO sqlite_stat1 VALUES('dispatch','dispatch_queued','1000 500 1');
INSERT INTO sqlite_stat1 VALUES('name','sqlite_autoindex_name_1','1000 1');
INSERT INTO sqlite_stat1 VALUES('user','sqlite_autoindex_user_1','50000 1');
INSERT INTO sqlite_stat1 VALUES('source','sqlite_autoindex_source_1','20 1');
INSERT INTO sqlite_stat1 VALUES('rule','sqlite_autoindex_rule_1','100 1');
INSERT INTO sqlite_stat1 VALUES('delivery','delivery_dispatch','1 1 1');
INSERT INTO sqlite_stat1 VALUES('delivery','delivery','1 1 1');
INSERT INTO sqlite_stat1 VALUES('attempt','attempt','1 1 1');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('session',1);
INSERT INTO sqlite_sequence VALUES('request',3);
INSERT INTO sqlite_sequence VALUES('source',3);
INSERT INTO sqlite_sequence VALUES('event',4);
INSERT INTO sqlite_sequence VALUES('dispatch',1);
CREATE INDEX event_name ON event(name);
CREATE INDEX event_type ON event(type);
CREATE INDEX event_status ON event(status);
CREATE INDEX event_received ON event(received_us);
CREATE INDEX event_found ON event(id) WHERE findings > 0;
CREATE INDEX dispatch_due ON dispatch(next_attempt_us) WHERE state = 1;
CREATE INDEX dispatch_queued ON dispatch(destination, id) WHERE state = 1;
CREATE INDEX delivery_dispatch ON delivery(dispatch, position);
COMMIT;
