# Makes an image of the archive that "mvn package" leaves:
#
#   docker build -t meterport .
#   docker run -p 127.0.0.1:8888:8888 -v meterport:/data meterport
#
# The first start writes an admin key to /data/admin-key.

FROM eclipse-temurin:25-jre AS unzipped
RUN apt-get update \
    && apt-get install -y --no-install-recommends unzip \
    && rm -rf /var/lib/apt/lists/*
COPY bootstrap/target/meterport-*.zip /tmp/meterport.zip
RUN unzip -q /tmp/meterport.zip -d /tmp/unzipped \
    && mv /tmp/unzipped/meterport-* /opt/meterport

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Meterport" \
      org.opencontainers.image.description="Usage metering with a portal that shows customers their own usage" \
      org.opencontainers.image.source="https://github.com/meterport/meterport" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=unzipped /opt/meterport /opt/meterport
# The cache is for this very Java and these very jars, so it is made here and not by every container.
RUN /opt/meterport/bin/meterport --make-aot-cache \
    && groupadd --system --gid 10001 meterport \
    && useradd --system --uid 10001 --gid meterport --home-dir /data --no-create-home meterport \
    && install -d -o meterport -g meterport -m 0700 /data
USER meterport
WORKDIR /data
VOLUME /data
EXPOSE 8888
# The image has no HTTP client for certain, but it has bash.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8888 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/meterport/bin/meterport"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8888", "--data", "/data"]
