// The tus server of others that the proof sends to: @tus/server with its file store, and the receipts of docs/sending.md.
// node server.mjs FOLDER PORT [FAIL_AT KIND]     KIND: 500, before, after
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [folder, port, failAt = '-1', kind = '500'] = process.argv.slice(2)
const tus = new Server({ path: '/files', datastore: new FileStore({ directory: folder }) })
let asked = 0

async function hash(file) {
  const digest = createHash('sha256')
  for await (const block of createReadStream(file)) digest.update(block)
  return digest.digest('hex')
}

async function receipt(identity, sha256) {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    let about
    try {
      about = JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
    } catch {
      continue // being written
    }
    const file = path.join(folder, name.slice(0, -'.json'.length))
    if (about.metadata?.identity === identity && existsSync(file) && (await hash(file)) === sha256)
      return { identity, sha256, size: about.size, received_at: new Date().toISOString(), receiver: '@tus/server' }
  }
  return null
}

http
  .createServer(async (request, response) => {
    const failing = asked++ === Number(failAt)
    if (failing && kind === '500') {
      request.resume()
      request.on('end', () => response.writeHead(500).end())
      return
    }
    if (failing && kind === 'before') return request.socket.destroy()
    if (failing) response.end = response.write = () => (request.socket.destroy(), response) // done, never told
    const named = /^\/files\/receipts\/([0-9a-f]{64})\/([0-9a-f]{64})$/.exec(request.url)
    if (!named) return tus.handle(request, response)
    const found = await receipt(named[1], named[2])
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(found ?? {}))
  })
  .listen(Number(port), '127.0.0.1', () => console.log('listening'))
