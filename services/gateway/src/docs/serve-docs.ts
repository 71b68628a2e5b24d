import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Express, RequestHandler } from 'express';
import { docsPage, docsStart } from './docs-page.ts';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** Nothing from elsewhere and nothing inline; the page's small icons are data: images in its style sheet. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const withPolicy: RequestHandler = (_request, response, next) => {
  response.setHeader('Content-Security-Policy', POLICY);
  if (response.locals.exchange) response.locals.exchange.route = '/docs';
  next();
};

const folderOf = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** GET /docs: the joined OpenAPI document as a page to read and try. */
export function serveDocs(app: Express): void {
  const folder = folderOf('swagger-ui-dist');
  app.get('/docs', withPolicy, (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(docsPage);
  });
  app.get('/docs/start.js', withPolicy, (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.type('js').send(docsStart);
  });
  for (const file of FILES) {
    app.get(`/docs/${file}`, withPolicy, (_request, response, next) => {
      response.sendFile(join(folder, file), { maxAge: '1h', dotfiles: 'allow' }, (error) => {
        if (error && !response.headersSent) next(error);
      });
    });
  }
}
