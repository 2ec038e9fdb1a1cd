import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { Db } from '../../database';
import { clock } from '../../kernel';

export interface SigningKey {
  alg: string;
  generation: number;
  kid: string;
  privateJwk: JWK;
  publicJwk: JWK;
}

type Row = { alg: string; generation: number; kid: string; private_jwk: string; public_jwk: string };

const COLUMNS = ['alg', 'generation', 'kid', 'private_jwk', 'public_jwk', 'created_at'];

@Injectable()
export class SigningKeyStore {
  constructor(private readonly db: Db) {}

  /** Newest first. */
  async all(alg: string): Promise<SigningKey[]> {
    const rows = await (await this.db.sql()).query<Row>('SELECT * FROM signing_key WHERE alg = ? ORDER BY generation DESC', [alg]);
    return rows.map((row) => ({
      alg: row.alg,
      generation: Number(row.generation),
      kid: row.kid,
      privateJwk: JSON.parse(row.private_jwk) as JWK,
      publicJwk: JSON.parse(row.public_jwk) as JWK,
    }));
  }

  /** Of two processes that make the same generation at once, the first wins and the other's key is dropped. */
  async add({ alg, generation, kid, privateJwk, publicJwk }: SigningKey): Promise<void> {
    const row = [alg, generation, kid, JSON.stringify(privateJwk), JSON.stringify(publicJwk), clock.now()];
    try {
      await this.db.transaction((tx) => tx.insert('signing_key', COLUMNS, [row]));
    } catch (error) {
      const known = await this.all(alg);
      if (!known.some((key) => key.generation === generation)) throw error;
    }
  }
}
