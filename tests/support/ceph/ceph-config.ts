/** Where one cluster lives and listens. */
export interface CephLayout {
  directory: string;
  monitorPort: number;
  gatewayPort: number;
  /** Bytes of the in-memory object store; it is allocated as objects come. */
  storeBytes: number;
}

export const clusterId = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924';

/**
 * ceph.conf of a one-node cluster for tests: one monitor, one OSD that keeps its objects in memory, one gateway, all on
 * loopback, no authentication between the daemons. The lines that are not obvious:
 *
 * - `ms_mon_client_mode = crc`: Pacific's radosgw insists on `secure`, which needs the authentication that is off here.
 * - `paxos_*`: the monitor else waits a second for each of a dozen commits at start.
 * - `tcp_nodelay=1`: without it each small GET waits 40 ms for a delayed ACK.
 * - `rgw_gc_*`: deleted objects else stay in memory for two hours.
 * - `osd_class_dir`: Debian keeps the object classes outside the compiled-in path.
 */
export const cephConfig = ({ directory, monitorPort, gatewayPort, storeBytes }: CephLayout): string => `
[global]
fsid = ${clusterId}
mon_host = [v2:127.0.0.1:${monitorPort}/0]
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv4 = true
ms_bind_ipv6 = false
ms_bind_msgr1 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = ${directory}
admin_socket = ${directory}/$name.asok
log_file = ${directory}/$name.log
crash_dir = ${directory}/crash
mon_cluster_log_file = ${directory}/cluster.log
log_to_stderr = false
err_to_stderr = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_max_pg_per_osd = 1000

[mon]
mon_data = ${directory}/mon
mon_data_avail_warn = 5
mon_data_avail_crit = 1
mon_election_timeout = 1
paxos_propose_interval = 0.02
paxos_min_wait = 0.01

[osd]
osd_data = ${directory}/osd
osd_objectstore = memstore
memstore_device_bytes = ${storeBytes}
osd_max_object_name_len = 2048
osd_class_dir = /usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/rados-classes
osd_op_num_threads_per_shard = 1

[client]
keyring = /dev/null

[client.rgw.a]
ms_mon_client_mode = crc
rgw_data = ${directory}
rgw_frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
rgw_thread_pool_size = 64
rgw_rados_pool_pg_num_min = 1
rgw_enable_apis = s3, admin, sts, iam
rgw_dns_name = s3.localhost
rgw_s3_auth_use_sts = true
rgw_sts_key = 0123456789abcdef
rgw_gc_obj_min_wait = 5
rgw_gc_processor_period = 5
rgw_gc_processor_max_time = 30
rgw_enable_usage_log = false
rgw_dynamic_resharding = false
rgw_init_timeout = 60
client_mount_timeout = 60
`;
