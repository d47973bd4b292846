BEGIN TRANSACTION;
CREATE TABLE articles (
	id VARCHAR(64) NOT NULL, 
	series VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	title TEXT, 
	outlet TEXT, 
	published DATE, 
	published_from VARCHAR(32), 
	url TEXT, 
	lang VARCHAR(64), 
	text TEXT NOT NULL, 
	path TEXT, 
	illustrative BOOLEAN NOT NULL, 
	signature BLOB NOT NULL, 
	added_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_articles_series_version UNIQUE (series, version)
);
INSERT INTO "articles" VALUES('79e83fe9294b9fb6d38a','d7f91808af3d56537f96',1,0,NULL,'Orontes Wire','2025-02-04',NULL,'https://news.example/1',NULL,'Troops are at the base, an official said. There is no plan to leave it.',NULL,0,X'','2026-11-28 12:54:05');
INSERT INTO "articles" VALUES('28722b7bedc5c282dead','d7f91808af3d56537f96',2,1,NULL,'Orontes Wire','2025-02-05',NULL,'https://news.example/1',NULL,'Troops are at the base, and will leave it in May.',NULL,0,X'','2026-11-28 12:54:05');
INSERT INTO "articles" VALUES('ffeb3de5299bbf0b6f91','ffeb3de5299bbf0b6f91',1,1,NULL,'Sada',NULL,NULL,NULL,NULL,'لا تزال قوات في القاعدة.',NULL,0,X'','2026-11-28 12:54:05');
CREATE TABLE claims (
	article VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	site TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	quote TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	attribution TEXT, 
	speaker VARCHAR(32) NOT NULL, 
	credited TEXT, 
	credited_on TEXT, 
	cues JSON NOT NULL, 
	held_from TEXT, 
	held_to TEXT, 
	construction TEXT NOT NULL, 
	score DOUBLE NOT NULL, 
	PRIMARY KEY (article, position), 
	CONSTRAINT uq_claims_article_site_actor_status UNIQUE (article, site, actor, status), 
	FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "claims" VALUES('79e83fe9294b9fb6d38a',0,'badiya','IL','existing','Troops are at the base',0,22,NULL,'medium',NULL,NULL,'[[11, 22, "at the base"]]',NULL,NULL,'',1.0);
INSERT INTO "claims" VALUES('28722b7bedc5c282dead',0,'badiya','IL','existing','Troops are at the base',0,22,'an official, to Gulf Wire','unnamed_official','Gulf Wire','2025-02-04','[]',NULL,NULL,'',1.0);
INSERT INTO "claims" VALUES('28722b7bedc5c282dead',1,'badiya','IL','former','will leave it in May',28,48,NULL,'medium',NULL,NULL,'[]',NULL,NULL,'',1.0);
CREATE TABLE gazetteers (
	version VARCHAR(64) NOT NULL, 
	theatre TEXT NOT NULL, 
	added_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "gazetteers" VALUES('0123456789ab','Syria','2026-11-28 12:54:05');
CREATE TABLE meta (
	id INTEGER NOT NULL, 
	schema_version INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "meta" VALUES(1,1,3);
CREATE TABLE readings (
	article VARCHAR(64) NOT NULL, 
	gazetteer VARCHAR(64) NOT NULL, 
	program TEXT NOT NULL, 
	read_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL, 
	PRIMARY KEY (article), 
	FOREIGN KEY(article) REFERENCES articles (id), 
	FOREIGN KEY(gazetteer) REFERENCES gazetteers (version)
);
INSERT INTO "readings" VALUES('79e83fe9294b9fb6d38a','0123456789ab','0.1.0 old','2026-11-28 12:54:05');
INSERT INTO "readings" VALUES('28722b7bedc5c282dead','0123456789ab','0.1.0 old','2026-11-28 12:54:05');
INSERT INTO "readings" VALUES('ffeb3de5299bbf0b6f91','0123456789ab','0.1.0 old','2026-11-28 12:54:05');
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_claims_site_actor_status ON claims (site, actor, status);
CREATE INDEX ix_claims_actor ON claims (actor);
COMMIT;