# One image for every service and command; which one runs is the argument (docs/decisions/0015-image.md).
# Plain instructions only: the classic builder and BuildKit both build it.

FROM node:24-bookworm-slim AS context
WORKDIR /app
COPY . .
# Whatever the modes were where it was built: everybody may read it, nobody may change it.
RUN chmod -R a+rX,go-w .

# The source as it is shipped.
FROM context AS source
RUN rm -rf package.json package-lock.json .npmrc scripts

# What each workspace asks for to run and nothing else, so that the layer of dependencies outlives a changed source.
FROM context AS manifests
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc ! -name dependencies-in-image.ts -delete \
 && find . -type d -empty -delete \
 && node -e "for (const file of fs.globSync('**/package.json')) { \
      const { devDependencies, optionalDependencies, scripts, ...rest } = JSON.parse(fs.readFileSync(file)); \
      fs.writeFileSync(file, JSON.stringify(rest, null, 2)); }"

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY --from=manifests /app ./
# Not `npm ci`: see docs/decisions/0008-toolchain.md. What came is compared with the lock instead.
RUN npm install --no-save --omit=dev --omit=optional --loglevel=error \
 && node scripts/dependencies-in-image.ts packages/contracts packages/platform services operations seed \
 && rm -rf scripts package-lock.json .npmrc /root/.npm \
 && find . -type f ! -iname 'licen*' \
      \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -iname '*.md' \) -delete

FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV NODE_ENV=production
COPY --from=dependencies /app ./
EXPOSE 8080 8081

# For development in a cluster: files synced into /app start the service anew. Needs a root file system that is writable.
FROM base AS dev
COPY scripts/restart-on-change.ts scripts/
COPY --from=source --chown=1000:1000 /app ./
ENV NODE_COMPILE_CACHE=/tmp/compile-cache
USER 1000
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "scripts/restart-on-change.ts", "--disable-warning=ExperimentalWarning", "--import", "@onsale/platform/register"]
CMD ["services/gateway/src/main.ts"]

FROM base AS shipped
COPY --from=source /app ./

# What Node makes of the source, made once here instead of at every start. The user's id is part of the cache's key.
FROM shipped AS compiled
RUN mkdir /compile-cache && chown 1000:1000 /compile-cache
COPY scripts/fill-compile-cache.ts scripts/
ENV NODE_COMPILE_CACHE=/compile-cache
USER 1000
RUN node scripts/fill-compile-cache.ts && chmod -R a+rX,go-w /compile-cache

FROM shipped AS production
COPY --from=compiled /compile-cache /compile-cache
ENV NODE_COMPILE_CACHE=/compile-cache
USER 1000
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--import", "@onsale/platform/register"]
CMD ["services/gateway/src/main.ts"]
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="onsale" \
      org.opencontainers.image.description="Every service and command of Onsale" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
