// nginx, serving as static files what Gazette answers, under the same headers.
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { madeFolder } from './made.mjs'
import { answerTo, listening, run } from './programs.mjs'

/** What nginx says by itself. */
const OWN = /^(etag|last-modified|content-.*|date|connection|keep-alive|transfer-encoding)$/

/** @param url of a document of Gazette's, which is asked for under the same path. */
export async function startNginx(url) {
  const folder = madeFolder()
  const file = path.join(folder, new URL(url).pathname)
  const { headers, bytes } = await answerTo(url, { 'accept-encoding': 'identity' })
  const { bytes: packed } = await answerTo(url, { 'accept-encoding': 'gzip' })
  writeFileSync(file, bytes)
  writeFileSync(`${file}.gz`, packed)
  const port = await freePort()
  const said = Object.entries(headers).filter(([name]) => !OWN.test(name))
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr error;
events {}
http {
  access_log off;
  ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=10 inactive=1h;
  types {}
  default_type '${headers['content-type']}';
  gzip_static on;
  ${said.map(([name, value]) => `add_header ${name} '${value}';`).join('\n  ')}
  server { listen 127.0.0.1:${port}; root ${folder}; }
}
`,
  )
  const child = run('nginx', ['-e', 'stderr', '-p', folder, '-c', path.join(folder, 'nginx.conf')])
  await listening(port)
  return { child, port }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
